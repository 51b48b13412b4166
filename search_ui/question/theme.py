"""Gradio's own parts in the colours of the page: every value points at the palette in ``static/style.css``,
which knows light and dark.
"""

from __future__ import annotations

FONTS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
MONOSPACE_FONTS = ("ui-monospace", "Consolas", "monospace")

_COLOURS = {
    "body_background_fill": "--ground",
    "body_text_color": "--ink",
    "body_text_color_subdued": "--ink-soft",
    "background_fill_primary": "--paper",
    "background_fill_secondary": "--ground",
    "border_color_primary": "--line",
    "border_color_accent": "--accent",
    "color_accent_soft": "--accent-soft",
    "link_text_color": "--accent",
    "link_text_color_active": "--accent",
    "link_text_color_hover": "--accent-strong",
    "link_text_color_visited": "--accent",
    "block_border_color": "--line",
    "block_info_text_color": "--ink-soft",
    "block_label_background_fill": "--paper",
    "block_label_text_color": "--ink",
    "block_title_text_color": "--ink",
    "accordion_text_color": "--ink",
    "input_background_fill": "--field",
    "input_background_fill_focus": "--field",
    "input_background_fill_hover": "--field",
    "input_border_color": "--field-line",
    "input_border_color_focus": "--accent",
    "input_border_color_hover": "--accent",
    "input_placeholder_color": "--ink-soft",
    "error_background_fill": "--paper",
    "error_border_color": "--line",
    "error_text_color": "--ink",
    "button_primary_background_fill": "--accent",
    "button_primary_background_fill_hover": "--accent-strong",
    "button_primary_border_color": "--accent",
    "button_primary_border_color_hover": "--accent-strong",
    "button_primary_text_color": "--on-accent",
    "button_primary_text_color_hover": "--on-accent",
    "button_secondary_background_fill": "--paper",
    "button_secondary_background_fill_hover": "--accent-soft",
    "button_secondary_border_color": "--field-line",
    "button_secondary_border_color_hover": "--accent",
    "button_secondary_text_color": "--accent",
    "button_secondary_text_color_hover": "--accent-strong",
}
_ONE_VALUE = {  # the theme has no separate dark value for these
    "color_accent": "var(--accent)",
    "block_background_fill": "transparent",
    "block_background_fill_dark": "transparent",
    "block_border_width": "0px",
    "block_shadow": "none",
    "block_padding": "0",
    "block_title_text_weight": "600",
    "input_border_width": "1px",
    "input_radius": "var(--radius)",
    "block_radius": "var(--radius)",
    "button_large_radius": "var(--radius)",
    "button_small_radius": "var(--radius)",
    "layout_gap": "1rem",
}


def theme_values() -> dict[str, str]:
    """The values for the theme: each colour the same name in light and dark, since the palette itself changes."""
    both = {f"{name}{mode}": f"var({colour})" for name, colour in _COLOURS.items() for mode in ("", "_dark")}
    return {**both, **_ONE_VALUE, "block_border_width_dark": "0px", "block_shadow_dark": "none"}
