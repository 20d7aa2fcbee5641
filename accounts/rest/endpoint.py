"""The base of every endpoint."""

from typing import Any, ClassVar

from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.rest.problems import NO_LENGTH, NOT_FOUND, ApiError


class Endpoint(APIView):
    """One address of the API: JSON in, JSON out, problem details for everything that is refused.

    Asks for sign-in unless a subclass says otherwise; the settings of the REST framework say the rest.
    """

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse a body whose length nobody knows, which would be taken for none."""
        if "Transfer-Encoding" in request.headers and not request.headers.get("Content-Length"):
            raise ApiError(NO_LENGTH)
        super().initial(request, *args, **kwargs)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Let nobody on the way keep what was answered: it is one person's own, and true only now."""
        response.setdefault("Cache-Control", "no-store")
        return super().finalize_response(request, response, *args, **kwargs)

    @property
    def reader(self) -> User:
        """Who is asking; only for endpoints that ask for sign-in."""
        user = self.request.user
        if not isinstance(user, User):
            raise TypeError("This endpoint must ask for sign-in first.")
        return user


def answer(content: BaseModel, status: int = 200) -> Response:
    """Answer with a typed content."""
    return Response(content.model_dump(mode="json"), status=status)


class Nothing(Endpoint):
    """What every address answers that the API does not know."""

    authentication_classes: ClassVar[list[Any]] = []
    permission_classes: ClassVar[list[Any]] = []
    schema = None  # not part of the documentation

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse before anything is read, whatever the method."""
        raise ApiError(NOT_FOUND)
