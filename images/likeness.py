"""Which pictures look the same, by a hash of light and dark that survives another size or format.

Knows neither Django nor files.
"""

from collections import defaultdict
from itertools import combinations, pairwise

from PIL import Image as Picture

SIDE = 8  # squares a side; each is darker than the next to its right, or not: 64 bits
BANDS = 8  # of 8 bits each
NOISE = 2  # of 255: what saving once more may change
NEAR = BANDS - 1  # bits that may differ: one band at least is then the same
SHAPE = 0.03  # how much the shapes may differ: a crop is another picture


def likeness_of(picture):
    """The difference hash of an opened ``picture``, as 16 hexadecimal digits."""
    small = picture.convert("L").resize((SIDE + 1, SIDE), Picture.Resampling.LANCZOS)
    light = small.tobytes()
    rows = (light[start : start + SIDE + 1] for start in range(0, len(light), SIDE + 1))
    steps = [step for row in rows for step in pairwise(row)]
    bits = "".join(str(int(one > other + NOISE)) for one, other in steps)
    return f"{int(bits, 2):016x}"


def is_alike(one, other):
    """Whether two pictures, with likeness, width and height, look the same."""
    if not (one.likeness and other.likeness and one.height and other.height):
        return False
    shapes = (one.width / one.height) / (other.width / other.height)
    bits = int(one.likeness, 16) ^ int(other.likeness, 16)
    return abs(shapes - 1) <= SHAPE and bits.bit_count() <= NEAR


def groups_of(pictures):
    """[[pictures that look the same]], of those that have a double, without comparing all."""
    pictures = list(pictures)
    together = {number: {number} for number in range(len(pictures))}
    for one, other in _near_pairs(pictures):
        if together[one] is not together[other] and is_alike(pictures[one], pictures[other]):
            together[one] |= together[other]
            for number in together[other]:
                together[number] = together[one]
    groups = {id(group): group for group in together.values() if len(group) > 1}
    return [[pictures[number] for number in sorted(group)] for group in groups.values()]


def _near_pairs(pictures):
    """Pairs of numbers of pictures that have a band in common, as all that look the same have."""
    bands = defaultdict(list)
    for number, each in enumerate(pictures):
        for band in range(BANDS if each.likeness else 0):
            bands[band, each.likeness[2 * band : 2 * band + 2]].append(number)
    for numbers in bands.values():
        yield from combinations(numbers, 2)
