// Behaviours that every page shares. Every page works without this file; here it only becomes handier.

const root = document.documentElement;
root.classList.add("js");

/** Close every open menu except the one that holds `inside`. */
function closeMenus(inside) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(inside)) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("focusin", (event) => closeMenus(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("click", (event) => {
  const dismiss = event.target.closest("[data-dismiss]");
  if (!dismiss) return;
  const toast = dismiss.closest(".toast");
  const list = toast.parentElement;
  toast.remove();
  if (!list.children.length) document.querySelector("main").focus();
});

/** A password field shows what was typed while its button is pressed in. Words come from the page. */
function addSecretToggle(box) {
  const input = box.querySelector("input");
  const button = box.querySelector("button");
  const use = button.querySelector("use");
  button.addEventListener("click", () => {
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, shown ? "#eye-off" : "#eye"));
  });
}
document.querySelectorAll(".secret").forEach(addSecretToggle);

// A form that is on its way is not sent a second time; coming back by the Back button frees it again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  else if (form.method === "post") form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// The sign-up form asks the browser for the time zone, so that nobody has to find it in a list.
for (const input of document.querySelectorAll("input[data-timezone]")) {
  input.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}
