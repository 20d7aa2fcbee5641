"""Ids that are made in Python."""

from accounts.base_models import new_id


def test_ids_are_of_version_7_unique_and_in_the_order_of_their_making() -> None:
    ids = [new_id() for _ in range(2000)]
    assert len(set(ids)) == 2000
    assert {(made.version, made.variant) for made in ids} == {(7, "specified in RFC 4122")}
    moments = [made.int >> 80 for made in ids]
    assert moments == sorted(moments)
