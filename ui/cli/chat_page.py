"""The command `penchant ui`: options in, the chat page out.

Knows nothing of what the page shows.
"""

from __future__ import annotations

from functools import partial

from .console.collecting import all_kept
from .console.options import (
    AllowedHosts,
    AudienceOption,
    AuditFile,
    AuditText,
    BaseUrl,
    CatalogueOption,
    CountOption,
    Host,
    Model,
    OwnCatalogues,
    OwnModels,
    PicturesOption,
    Port,
    Rate,
    ReviewOption,
    Timeout,
    WebPictures,
    settings_with,
)
from .served_catalogue import source


def ui(
    port: Port = 7860,
    host: Host = "127.0.0.1",
    catalogue: CatalogueOption = None,
    k: CountOption = 6,
    pictures: PicturesOption = None,
    web_pictures: WebPictures = False,
    own_models: OwnModels = None,
    own_catalogues: OwnCatalogues = None,
    allowed_host: AllowedHosts = None,
    rate: Rate = 600,
    model: Model = None,
    base_url: BaseUrl = None,
    timeout: Timeout = None,
    audit: AuditFile = None,
    audit_text: AuditText = None,
    review: ReviewOption = None,
    audience: AudienceOption = None,
) -> None:
    """Open the chat page and print its address. Without --catalogue it offers the demo and all indexes in the data
    folder (PENCHANT_HOME)."""
    with all_kept():
        from penchant.assistant.wiring import encoder_of, place_of
        from penchant.retriever.index import check_index

        from ..page.bringing import BroughtCatalogues
        from ..page.catalogue_registry import find_catalogues
        from ..page.page import serve

        settings = settings_with(
            model, base_url, timeout, audit=audit, audit_text=audit_text, review=review, audience=audience
        )
        found = {name: place_of(settings, one) for name, one in find_catalogues(settings.home, catalogue).items()}
        if catalogue and (chosen := place_of(settings, catalogue)):
            check_index(chosen)
        source_of = partial(source, settings, k=k)
        page = serve(
            {name: source_of(where) for name, where in found.items()},
            port,
            host,
            own_models=own_models,
            pictures=pictures,
            web_pictures=web_pictures,
            allowed_hosts=allowed_host or (),
            per_minute=rate,
            shelf=None if catalogue else BroughtCatalogues(settings.home, partial(encoder_of, settings), source_of),
            own_catalogues=own_catalogues,
            block=False,
        )
    page.block_thread()
