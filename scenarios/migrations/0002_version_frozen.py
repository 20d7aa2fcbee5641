"""The database itself refuses to change what was published, whatever goes around the models."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

FREEZE = """
CREATE FUNCTION scenarios_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A published version never changes. Publish a new one.' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER scenarios_version_frozen BEFORE UPDATE ON scenarios_scenarioversion FOR EACH ROW
WHEN (
    (OLD.scenario_id, OLD.number, OLD.definition::text, OLD.checksum)
    IS DISTINCT FROM (NEW.scenario_id, NEW.number, NEW.definition::text, NEW.checksum)
)
EXECUTE FUNCTION scenarios_refuse_change();
"""

THAW = """
DROP TRIGGER scenarios_version_frozen ON scenarios_scenarioversion;
DROP FUNCTION scenarios_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("scenarios", "0001_initial")]

    operations: ClassVar[list[Operation]] = [migrations.RunSQL(FREEZE, THAW)]
