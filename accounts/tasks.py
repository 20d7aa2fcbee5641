"""Jobs about people."""

from procrastinate.contrib.django import app

from accounts.rest.idempotency import forget_old_answers


@app.periodic(cron="50 3 * * *")
@app.task(name="forget_old_answers", queueing_lock="forget_old_answers", pass_context=False)
def forget_answers(timestamp: int) -> int:
    """Forget what requests were answered more than a day ago, and return how many that were."""
    return forget_old_answers()
