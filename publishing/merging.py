from dataclasses import dataclass


@dataclass(frozen=True)
class Clash:
    field: str
    base: object
    mine: object
    theirs: object


def merge(base, mine, theirs, *, rich=frozenset(), settled=None):
    out, clashes = {}, []
    for k in {**base, **theirs, **mine}:
        b, m, t = base.get(k), mine.get(k), theirs.get(k)
        if m == b:
            out[k] = t
        elif t == b or m == t:
            out[k] = m
        elif settled and k in settled:
            out[k] = settled[k]
        else:
            out[k] = m
            clashes.append(Clash(k, b, m, t))
    return out, clashes
