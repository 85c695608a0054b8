"""`evaluate packs`: what each jurisdiction bars, by which source, and if it was looked up."""

from __future__ import annotations

import click

from interviewer.cli.output import print_json


@click.command()
@click.option("--jurisdiction", default="", help="Only these, with commas between them.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def packs(jurisdiction: str, as_json: bool) -> None:
    r"""List what must not be asked where, with sources. Guidance, not legal advice.

    A source that was looked up says on which day and what was read; one that was not stands there
    from knowledge of it alone.

    \b
    Examples:
      interviewer evaluate packs
      interviewer evaluate packs --jurisdiction us-federal,us-ca --json
    """
    from dataclasses import asdict

    from interviewer.evaluation.prohibited.packs import jurisdictions, pack

    chosen = [pack(name) for name in jurisdictions(jurisdiction)]
    if as_json:
        print_json([asdict(found) for found in chosen])
        return
    for found in chosen:
        looked_up = sum(bool(rule.checked) for rule in found.rules.values())
        told = f"{looked_up} of {len(found.rules)} sources looked up"
        click.secho(f"\n{found.id}: {found.name} ({told})", bold=True)
        click.echo(f"  {found.about}")
        for category, rule in found.rules.items():
            checked = f"read {rule.checked}: {rule.read}" if rule.checked else "not looked up"
            click.echo(f"  {category}, {rule.severity}: {rule.source} ({rule.publisher})")
            click.echo(f"    {rule.note}")
            click.secho(f"    {checked}", dim=True)
    click.echo(f"\n{chosen[0].notice}")
