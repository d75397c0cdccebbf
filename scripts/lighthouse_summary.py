"""python scripts/lighthouse_summary.py PAGE REPORT: a Lighthouse report in a few lines."""

import json
import sys
from pathlib import Path


def summary(page, report):
    audits = report["audits"]
    yield f"{page}  " + " · ".join(
        f"{category['title']} {category['score'] * 100:.0f}"
        for category in report["categories"].values()
    )
    yield f"    CLS {audits['cumulative-layout-shift']['numericValue']:.3f}" + "".join(
        f" · {name} {audits[audit]['displayValue']}"
        for name, audit in (
            ("FCP", "first-contentful-paint"),
            ("LCP", "largest-contentful-paint"),
            ("TBT", "total-blocking-time"),
        )
    )
    kinds = audits["resource-summary"]["details"]["items"]
    yield "    " + " · ".join(
        f"{kind['label']} {kind['transferSize'] / 1000:.1f} kB ({kind['requestCount']})"
        for kind in kinds
        if kind["requestCount"]
    )
    for category in report["categories"].values():
        for reference in category["auditRefs"]:
            audit = audits[reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                yield f"    {category['title']}: {audit['title']}"


if __name__ == "__main__":
    page, report = sys.argv[1:]
    print("\n".join(summary(page, json.loads(Path(report).read_text()))))  # noqa: T201
