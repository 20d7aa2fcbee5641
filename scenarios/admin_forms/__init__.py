"""The scenario editor: a form that is drawn from the pydantic models of `engine.definition`.

`shapes` reads the models, `reading` turns a definition into fields and a posted form back into data, `editor`
puts the checks' findings at the field that they are about.
"""

from scenarios.admin_forms.editor import ScenarioEditor

__all__ = ["ScenarioEditor"]
