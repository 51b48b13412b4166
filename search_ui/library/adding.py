"""Files that arrive: one after the other from the page's script, or all in one form without it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from ingest.limits import Limits
from kb.errors import KnowledgeBaseError, UsageError
from search_ui.library.add_page import render_add_page
from search_ui.library.addresses import Key, Leaf, library_address, route_of
from search_ui.library.change_pages import render_new_version_page
from search_ui.library.jobs import Intake
from search_ui.library.pieces import error_words, gone_page
from search_ui.library.sources import SameName
from search_ui.library.uploads import MAX_BATCH_FILES, Arrivals, Batch

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

CHUNK = 2**18
SEE_OTHER, UNUSABLE = 303, 422
Name = Annotated[str, Query(alias="naam", max_length=5000)]


@dataclass(frozen=True, slots=True)
class Adding:
    """These actions in one language."""

    knowledge_base: KnowledgeBase
    arrivals: Arrivals
    intake: Intake
    language: str

    def register(self, router: APIRouter) -> None:
        """Add them to a router."""
        for leaf, act in (
            (Leaf.ADD, self.add),
            (Leaf.NEW_VERSION, self.new_version),
            (Leaf.BATCH, self.open_batch),
            (Leaf.BATCH_FILE, self.receive),
            (Leaf.BATCH_BEGIN, self.begin),
            (Leaf.STOP, self.stop),
        ):
            router.post(route_of(leaf, self.language), response_model=None)(act)

    # --- from the page's script --------------------------------------------------------------------

    def open_batch(self, naam: str = SameName.REPLACE) -> Response:
        """A batch to send files to: the addresses for them and for the end."""
        try:
            batch = self.arrivals.open(same_name=_same_name(naam))
        except KnowledgeBaseError as error:
            return self._refusal(error)
        file, begin = (
            library_address(leaf, self.language).replace("{token}", batch.token)
            for leaf in (Leaf.BATCH_FILE, Leaf.BATCH_BEGIN)
        )
        return JSONResponse({"file": file, "begin": begin})

    async def receive(self, token: str, request: Request, name: Name) -> Response:
        """One file: its name in the address, its bytes alone in the body."""
        try:
            batch = self.arrivals.find(token)
            self.arrivals.check_size(_announced(request))
            arrived = await self.arrivals.receive(batch, name, request.stream())
        except KnowledgeBaseError as error:
            return self._refusal(error)
        return JSONResponse({"name": arrived.name})

    def begin(self, token: str) -> Response:
        """All have arrived: take them in."""
        try:
            batch = self.arrivals.take(token)
        except UsageError as error:
            return self._refusal(error)
        if batch.files:
            self.intake.begin(batch)
        return JSONResponse({})

    # --- forms -------------------------------------------------------------------------------------

    async def add(self, request: Request) -> Response:
        """The whole form at once."""
        try:
            form = await self._form(request)
            batch = await self._filled(form, same_name=_same_name(str(form.get("naam", ""))))
        except KnowledgeBaseError as error:
            jobs, find = self.intake.jobs(), self.knowledge_base.catalogue.current
            problem = error_words(error, language=self.language)
            page = render_add_page(jobs, find, language=self.language, problem=problem)
            return HTMLResponse(page, status_code=UNUSABLE)
        return self._begun(batch)

    async def new_version(self, key: Key, request: Request) -> Response:
        """A file that takes the place of the one that a document was read from."""
        catalogue = self.knowledge_base.catalogue
        try:
            card = catalogue.versions(key)[0]
        except UsageError:
            return gone_page(self.language)
        source = catalogue.source(key)
        try:
            batch = await self._filled(await self._form(request), source=source)
        except KnowledgeBaseError as error:
            problem = error_words(error, language=self.language)
            page = render_new_version_page(card, source, language=self.language, problem=problem)
            return HTMLResponse(page, status_code=UNUSABLE)
        return self._begun(batch)

    def stop(self) -> Response:
        """Stop after the file at hand."""
        self.intake.stop()
        return RedirectResponse(library_address(Leaf.ADD, self.language), status_code=SEE_OTHER)

    # --- inside ------------------------------------------------------------------------------------

    async def _form(self, request: Request) -> FormData:
        """The fields and files of a form, which wait outside the home until all have come, counted as they do."""
        self.arrivals.check_size(_announced(request))
        stream = self._counted(request.stream())
        try:
            return await MultiPartParser(request.headers, stream, max_files=MAX_BATCH_FILES).parse()
        except (MultiPartException, KeyError) as error:
            raise UsageError("form_unreadable") from error

    async def _counted(self, stream: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
        size = 0
        async for chunk in stream:
            size += len(chunk)
            if size > Limits().file_size:
                self.arrivals.check_size(size)
            yield chunk

    async def _filled(
        self, form: FormData, *, same_name: SameName = SameName.REPLACE, source: str | None = None
    ) -> Batch:
        """A batch with the files of a form; with ``source`` the first alone. If anything goes wrong, none stays."""
        files = [file for file in form.getlist("bestanden") if isinstance(file, UploadFile) and file.filename]
        if not files:
            raise UsageError("no_file_chosen")
        batch = self.arrivals.open(same_name=same_name, source=source)
        try:
            for file in files[:1] if source else files:
                await self.arrivals.receive(batch, file.filename or "", _chunks(file))
        except BaseException:
            self.arrivals.take(batch.token).discard()
            raise
        finally:
            await form.close()
        return batch

    def _begun(self, batch: Batch) -> Response:
        self.intake.begin(self.arrivals.take(batch.token))
        return RedirectResponse(library_address(Leaf.ADD, self.language), status_code=SEE_OTHER)

    def _refusal(self, error: KnowledgeBaseError) -> JSONResponse:
        return JSONResponse({"error": error_words(error, language=self.language)}, status_code=UNUSABLE)


async def _chunks(file: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await file.read(CHUNK):
        yield chunk


def _same_name(value: str) -> SameName:
    return SameName(value) if value in set(SameName) else SameName.REPLACE


def _announced(request: Request) -> int:
    """The size that the browser says the body has; 0 where it says nothing."""
    length = request.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0
