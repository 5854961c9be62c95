"""Telephone numbers and mail addresses as offices write them: what can be dialled or written to is a link, nothing else."""

import re

import pytest

from rectify.host.contact_links import with_mails, with_numbers

NUMBERS = {
    "0000-2345600": ["0000-2345600"],
    "电话：0000－2345600": ["0000-2345600"],
    "（0000）2345600": ["0000-2345600"],
    "0000 234 5600": ["0000-234-5600"],
    "+86 0000 2345600": ["+86-0000-2345600"],
    "0000-2345600转801": ["0000-2345600;ext=801"],
    "0000-2345600-8001": ["0000-2345600;ext=8001"],
    "2345600、2345601": ["2345600", "2345601"],
    "0000-2345600/2345601": ["0000-2345600", "2345601"],
    "0000-2345600（工作日8:30-17:30）": ["0000-2345600"],
    "拨打12345转市委巡察办": ["12345"],
    "热线：12388": ["12388"],
    "400-000-1234": ["400-000-1234"],
    "13800000000": ["13800000000"],
    "138****0000": [],
    "0000-23456**": [],
    "0000-2345600**": [],
    "2024-2025": [],
    "邮编000001": [],
    "来信来访，工作日9:00—12:00": [],
    "<0000>": [],
}


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_that_can_be_dialled_is_a_link(text):
    made = with_numbers(text)
    assert re.findall('href="tel:(.*?)"', made) == NUMBERS[text] and made.striptags() == text


def test_a_mail_names_what_it_is_about():
    made = with_mails("甲@ zhenggai@qingchuan.example、b.c@d.example。<x>", "2025-a/03")
    assert re.findall('href="mailto:(.*?)"', made) == [
        "zhenggai@qingchuan.example?subject=2025-a/03",
        "b.c@d.example?subject=2025-a/03",
    ]
    assert "&lt;x&gt;" in made
