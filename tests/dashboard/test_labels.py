"""Words of a chart never lie on one another."""

from itertools import combinations, pairwise

from dashboard.labels import Box, Canvas, spread


def overlap(one: Box, other: Box) -> bool:
    across = abs(one.x - other.x) < (one.width + other.width) / 2
    return across and abs(one.y - other.y) < (one.height + other.height) / 2


def test_placed_labels_keep_apart_and_inside():
    canvas = Canvas(300, 200)
    boxes = [canvas.place(150 + i, 100, 40, 15) for i in range(12)]
    placed = [box for box in boxes if box]
    assert 1 < len(placed) < 12
    assert not any(overlap(*pair) for pair in combinations(placed, 2))
    assert all(20 <= box.x <= 280 and 7.5 <= box.y <= 192.5 for box in placed)


def test_a_label_never_crosses_a_line():
    canvas = Canvas(300, 200)
    canvas.take_line([(0, 112), (300, 112)])
    box = canvas.place(150, 100, 40, 15)
    assert box is not None
    assert not overlap(box, Box(150, 112, 300, 1))


def test_a_column_is_spread_within_its_height():
    places = spread([50, 52, 51, 199, 200], [20] * 5, 0, 200)
    ordered = sorted(places)
    assert all(low >= 10 and high - low >= 20 - 1e-9 for low, high in pairwise(ordered))
    assert ordered[-1] <= 190
    assert places[1] > places[2] > places[0]


def test_an_empty_column():
    assert spread([], [], 0, 100) == []
