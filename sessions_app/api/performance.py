"""How the reader does over time."""

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.middleware import zone_named
from accounts.rest.endpoint import answer
from accounts.rest.openapi import Says, documented
from accounts.rest.reading import read_query
from sessions_app.api import examples
from sessions_app.api.endpoint import PracticeEndpoint
from sessions_app.performance import performance_of
from sessions_app.serializers import PerformanceAnswer, PerformanceQuery


class PerformanceEndpoint(PracticeEndpoint):
    """`users/me/performance`."""

    @documented(
        "How am I doing",
        tag="Me",
        query=PerformanceQuery,
        answers={200: Says(PerformanceAnswer, "The summary.", examples.PERFORMANCE)},
    )
    def get(self, request: Request) -> Response:
        """Sum up the reader's valid runs: averages, bests, the latest, and the trend by day or week.

        Days and weeks are those of the reader's time zone.
        """
        query = read_query(PerformanceQuery, request)
        summed = performance_of(
            self.reader.pk,
            timeframe=query.timeframe,
            dimension=query.dimension,
            zone=zone_named(self.reader.timezone),
        )
        return answer(PerformanceAnswer.of(summed))
