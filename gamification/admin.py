"""Recognition in the admin. Achievements are configuration; who earned what is history and can only be read."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from accounts.admin import CappedPaginator, DayRangeFilter, ReadOnlyAdmin
from gamification.models import Achievement, Tier, UserAchievement, XpEntry

TIER_TONES = {
    Tier.BRONZE: "warning",
    Tier.SILVER: "default",
    Tier.GOLD: "success",
    Tier.PLATINUM: "info",
}


@admin.register(Achievement)
class AchievementAdmin(ModelAdmin):  # type: ignore[misc] # unfold carries no types
    """What there is to be earned. The criteria are checked as the fixture's are."""

    list_display = ("title", "slug", "level", "position", "is_active")
    list_filter = ("tier", "is_active")
    search_fields = ("title", "slug", "description")
    ordering = ("position", "slug")

    @display(description=_("tier"), ordering="tier", label=TIER_TONES)
    def level(self, achievement: Achievement) -> tuple[str, str]:
        return achievement.tier, achievement.get_tier_display()


@admin.register(UserAchievement)
class UserAchievementAdmin(ReadOnlyAdmin):
    """How far people have come."""

    list_display = ("user", "achievement", "percent", "earned_at")
    list_filter = (("achievement", admin.RelatedOnlyFieldListFilter), ("earned_at", DayRangeFilter))
    list_filter_submit = True
    list_per_page = 50
    show_full_result_count = False
    list_select_related = ("user", "achievement")
    search_fields = ("user__email", "achievement__title")
    ordering = ("-updated_at",)

    @display(description=_("progress"), ordering="progress")
    def percent(self, held: UserAchievement) -> str:
        return f"{held.progress:.0%}"


@admin.register(XpEntry)
class XpEntryAdmin(ReadOnlyAdmin):
    """The ledger: what was earned, with its arithmetic."""

    list_display = ("user", "points", "rule", "subject", "words", "earned_at")
    list_display_links = ("points",)
    list_filter = ("rule", ("earned_at", DayRangeFilter))
    list_filter_submit = True
    list_per_page = 50
    paginator = CappedPaginator
    show_full_result_count = False
    list_select_related = ("user",)
    search_fields = ("user__email", "subject", "source")
    ordering = ("-earned_at",)
