import random, pytest
from tests.web.test_visibility import _checks,_client,_status,_right
from tests.web import scene
from collections import Counter
@pytest.mark.django_db
def test_mine():
    made=scene.scene()
    checks=[c for c in _checks(made) if c.address.startswith(("/problems","/inspections")) or c.name=="problem_of_matter"]
    drawn=random.Random(5).sample(checks, 1500)
    clients={p:_client(made,p) for p in {c.persona for c in drawn}}
    wrong=[(c,s) for c in drawn for s in [_status(clients[c.persona],c)] if not _right(c,s)]
    assert not wrong, (len(checks), Counter((c.name,s) for c,s in wrong), wrong[:6])
