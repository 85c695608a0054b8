"""Who shows who they are, and who only seems to."""

from __future__ import annotations

import pytest

from interviewer.reading.identity import identity_in


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("我叫李明，今年来应考。", "name"), ("各位考官好，我是李小明，下面开始回答。", "name"),
        ("我姓王。", "name"), ("我来自青石县，从小在河边长大。", "home"), ("我是湖南人。", "home"),
        ("我老家在平阳镇。", "home"), ("我是南湖大学毕业的，学的是法律。", "school"),
        ("我毕业于东林师范学院。", "school"), ("我在市场监管局工作了三年。", "unit"),
        ("我在青石县财政局当科员。", "unit"), ("Good day. My name is Chen Wei.", "name"),
        ("I come from Wenling, and the river is my home.", "home"),
        ("I graduated from Northlake University.", "school"),
        ("I work at the Lanting Market Supervision Bureau.", "unit"),
    ],
)  # fmt: skip
def test_identity_is_heard(answer: str, kind: str) -> None:
    """A name, a home, a school or an office of one's own is found in both languages."""
    assert kind in identity_in(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "我来自基层一线，懂得群众的难处。", "我叫停了施工。", "我叫了救护车，又报告了领导。",
        "我叫上两位同事一起去。", "我叫张师傅过来看一看。", "我来自农村，知道种地的苦。",
        "我是一名大学毕业生。", "如果我在市场监管局工作，我会先熟悉辖区。", "我在窗口工作过。",
        "我会对大爷说：“我叫王伟，您有事找我。”", "我在社区服务中心做志愿者。", "我是党员。",
        "我来自一个小县城。", "我在一家公司工作过。", "My name for it is patience.",
        "My name is on the form.", "I come from a front-line post.", "I work at the counter.",
        "I would say, \"My name is Wei, please ask for me.\"",
        "If I worked at the Tax Bureau, I would ask.",
        "",
    ],
)  # fmt: skip
def test_look_alikes_are_left_alone(answer: str) -> None:
    """What is general, quoted, supposed or only sounds alike gives nobody away."""
    assert not identity_in(answer)
