"""The body of all-MiniLM-L6-v2, as the installed package ships it: the teacher's, and the student's own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from kb.dutch_encoder.files import model_folder


def load_body() -> Any:  # noqa: ANN401 - transformers has no types to name
    """The six layers with MiniLM's own token table, in evaluation mode, without gradients."""
    from transformers import BertModel, logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    # it reports the pooler, which sentence encoding does not use
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    # "eager": on short sentences PyTorch's fused attention is half as fast in its backward pass on a CPU
    body = BertModel.from_pretrained(model_folder(), add_pooling_layer=False, attn_implementation="eager")
    return body.requires_grad_(requires_grad=False).eval()  # type: ignore[no-untyped-call]


def pooled(hidden: Tensor, mask: Tensor | None) -> Tensor:
    """The mean over the real tokens, at unit length: (batch, tokens, width) to (batch, width), float32."""
    hidden = hidden.float()
    if mask is None:
        mean = hidden.mean(1)
    else:
        kept = mask.unsqueeze(-1).float()
        mean = (hidden * kept).sum(1) / kept.sum(1)
    return torch.nn.functional.normalize(mean, dim=1)


def device() -> torch.device:
    """A GPU if there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def half_precision() -> bool:
    """Whether this machine multiplies bfloat16 faster than float32."""
    return torch.cuda.is_available() or (torch.backends.cpu.get_cpu_capability() == "AVX512" and _has_bf16())


def _has_bf16() -> bool:
    path = Path("/proc/cpuinfo")
    flags = path.read_text("utf8") if path.is_file() and os.name == "posix" else ""
    return "avx512_bf16" in flags or "amx_bf16" in flags
