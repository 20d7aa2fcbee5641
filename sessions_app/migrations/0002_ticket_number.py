"""The sequence that ticket numbers come from."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("sessions_app", "0001_initial")]

    operations: ClassVar = [
        migrations.RunSQL(
            sql="CREATE SEQUENCE sessions_app_ticket_number START 100001",
            reverse_sql="DROP SEQUENCE sessions_app_ticket_number",
        )
    ]
