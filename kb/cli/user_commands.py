"""The commands about people who may come in where the page is served to others: ``user add``, ``remove``, and so on."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.table import Table

from kb.audit import Act
from kb.catalogue import Catalogue, begin_home
from kb.cli.options import AsJson, HomeOption
from kb.cli.readable import console
from kb.errors import HomeError, UsageError
from kb.home import Home
from kb.users.passwords import SHORTEST
from kb.users.store import Users
from kb.users.types import Role, User
from kb.wording import say

Name = Annotated[str, typer.Argument(help=say("cli.help_user"), metavar="NAME")]
RoleOption = Annotated[Role, typer.Option("--role", help=say("cli.help_role"))]
NewRole = Annotated[Role, typer.Argument(help=say("cli.help_role"))]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help=say("cli.help_password_stdin"))]
WithoutPassword = Annotated[bool, typer.Option("--no-password", help=say("cli.help_no_password"))]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    users = typer.Typer(no_args_is_help=True)
    users.command("add", help=say("cli.user_add"))(add)
    users.command("remove", help=say("cli.user_remove"))(remove)
    users.command("list", help=say("cli.user_list"))(list_)
    users.command("password", help=say("cli.user_password"))(password)
    users.command("role", help=say("cli.user_role"))(role)
    app.add_typer(users, name="user", help=say("cli.user"))


def add(
    name: Name,
    role: RoleOption,
    *,
    password_stdin: FromStdin = False,
    no_password: WithoutPassword = False,
    home: HomeOption = None,
) -> None:
    """Let someone in."""
    users = Users(Home(home))
    name = users.new_name(name)
    chosen = None if no_password else _password(name, from_stdin=password_stdin)
    typer.echo(say("cli.user_added", name=name, role=users.add(name, role, chosen).role))
    _note(Home(home), Act.USER_ADDED, name)


def remove(name: Name, *, home: HomeOption = None) -> None:
    """Let someone in no longer."""
    users = Users(Home(home))
    gone = users.remove(name).name
    typer.echo(say("cli.user_removed", name=gone))
    _note(Home(home), Act.USER_REMOVED, gone)
    _warn_without_manager(users)


def list_(*, as_json: AsJson = False, home: HomeOption = None) -> None:
    """Who may come in."""
    users = Users(Home(home)).all()
    if as_json:
        typer.echo(json.dumps([_as_json(user) for user in users], ensure_ascii=False, indent=2))
    elif users:
        console().print(_table(users))
    else:
        typer.echo(say("cli.no_users"))


def password(name: Name, *, password_stdin: FromStdin = False, home: HomeOption = None) -> None:
    """Give someone another password."""
    users = Users(Home(home))
    known = users.known(name).name
    users.set_password(known, _password(known, from_stdin=password_stdin))
    typer.echo(say("cli.user_changed", name=known))
    _note(Home(home), Act.USER_PASSWORD, known)


def role(name: Name, role: NewRole, *, home: HomeOption = None) -> None:
    """Give someone another role."""
    users = Users(Home(home))
    known = users.set_role(name, role).name
    typer.echo(say("cli.user_has_role", name=known, role=role))
    _note(Home(home), Act.USER_READER if role is Role.READER else Act.USER_MANAGER, known)
    _warn_without_manager(users)


def _note(home: Home, act: Act, name: str) -> None:
    """Write down what became of a person. It holds also where that cannot be done now, which is said."""
    try:
        begin_home(home)
        with Catalogue.open(home) as catalogue:
            catalogue.note(act, name)
    except HomeError as error:
        typer.echo(say("cli.user_not_noted", detail=say(f"errors.{error.key}", **error.values)), err=True)


def _password(name: str, *, from_stdin: bool) -> str:
    """The password that is typed, twice, or the first line of what is piped in. Raises UsageError."""
    if from_stdin:
        return typer.get_text_stream("stdin").readline().rstrip("\r\n")
    typer.echo(say("cli.password_rules", least=SHORTEST))
    typed, again = (typer.prompt(say(f"cli.{key}", name=name), hide_input=True) for key in ("password", "once_more"))
    if typed != again:
        raise UsageError("passwords_differ")
    return str(typed)


def _warn_without_manager(users: Users) -> None:
    if not any(user.role is Role.MANAGER for user in users.all()):
        typer.echo(say("cli.no_manager_left"), err=True)


def _table(users: list[User]) -> Table:
    table = Table(box=None, pad_edge=False)
    for column in ("name", "role", "changed"):
        table.add_column(say(f"cli.user_column_{column}"))
    for user in users:
        remark = "" if user.password else say("cli.user_without_password")
        table.add_row(user.name, user.role, f"{user.changed_at[:10]}  {remark}")
    return table


def _as_json(user: User) -> dict[str, object]:
    """What scripts read of a person: nothing by which one can come in."""
    return {
        "name": user.name,
        "role": user.role,
        "has_password": bool(user.password),
        "changed_at": user.changed_at,
    }
