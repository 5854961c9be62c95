import pytest


@pytest.fixture(autouse=True)
def enough_time(monkeypatch):
    """On a machine that has much to do, what is looked at is waited for; a test of the waiting says so itself."""
    from rectify.desk import filled_ledger

    monkeypatch.setattr(filled_ledger, "_MOMENT", 60)
