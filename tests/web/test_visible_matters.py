"""Who sees which matter: the selector against the policy written by hand, persona by persona."""

import pytest

from luoshi.web.ledger.selectors import visible_matters
from luoshi.web.orgs.actors import actor_of
from tests.web import kit, policy, scene


@pytest.mark.django_db
def test_visible_matters_are_those_of_the_policy() -> None:
    made = scene.scene()
    labels = {matter.pk: label for label, matter in made.rows["matter"].items()}
    for persona, unit in made.personas.items():
        actor = actor_of(made.world.people[persona], kit.TODAY)
        assert {labels[pk] for pk in visible_matters(actor).values_list("pk", flat=True)} == policy.SEES[unit], persona
