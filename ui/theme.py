"""Colours, type and shapes of Gradio's own parts; the style sheets hold those of ours. No font is fetched."""

from pathlib import Path
from typing import Any

from ui.quick_gradio import gr

STYLES = [Path(__file__).parent / name for name in ("style.css", "talk.css")]
SYSTEM_FONT = ["ui-sans-serif", "system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"]
MONOSPACE_FONT = ["ui-monospace", "SF Mono", "Menlo", "Consolas", "DejaVu Sans Mono", "monospace"]


def theme() -> Any:
    """The theme for light and dark; its colours are the variables of style.css."""
    both = {
        "body_text_color_subdued": "var(--quiet)",
        "background_fill_primary": "var(--surface)",
        "background_fill_secondary": "var(--sunken)",
        "border_color_primary": "var(--line)",
        "border_color_accent": "var(--accent)",
        "color_accent_soft": "var(--accent-soft)",
        "block_background_fill": "var(--surface)",
        "block_border_color": "var(--line)",
        "block_label_text_color": "var(--quiet)",
        "block_title_text_color": "var(--ink)",
        "block_info_text_color": "var(--quiet)",
        "block_shadow": "none",
        "input_background_fill": "var(--surface)",
        "input_background_fill_focus": "var(--surface)",
        "input_border_color": "var(--line-strong)",
        "input_border_color_focus": "var(--accent)",
        "input_placeholder_color": "var(--quiet)",
        "input_shadow_focus": "0 0 0 3px var(--accent-soft)",
        "button_primary_background_fill": "var(--accent)",
        "button_primary_background_fill_hover": "var(--accent-strong)",
        "button_primary_border_color": "transparent",
        "button_primary_text_color": "var(--on-accent)",
        "button_secondary_background_fill": "var(--surface)",
        "button_secondary_background_fill_hover": "var(--sunken)",
        "button_secondary_border_color": "var(--line-strong)",
        "button_secondary_text_color": "var(--ink)",
        "checkbox_label_background_fill": "var(--surface)",
        "checkbox_label_background_fill_hover": "var(--sunken)",
        "checkbox_label_background_fill_selected": "var(--accent-soft)",
        "checkbox_label_border_color": "var(--line-strong)",
        "checkbox_label_border_color_selected": "var(--accent)",
        "checkbox_label_text_color": "var(--ink)",
        "checkbox_label_text_color_selected": "var(--ink)",
        "checkbox_background_color": "var(--surface)",
        "checkbox_background_color_hover": "var(--surface)",
        "checkbox_background_color_focus": "var(--surface)",
        "checkbox_border_color": "var(--line-strong)",
        "checkbox_background_color_selected": "var(--accent)",
        "checkbox_border_color_selected": "var(--accent)",
        "panel_background_fill": "transparent",
        "panel_border_color": "transparent",
    }
    look = gr.themes.Base(font=SYSTEM_FONT, font_mono=MONOSPACE_FONT, radius_size="lg")
    # As part of the theme it styles the login too; a style given as css would lose its media queries.
    look.custom_css = "\n".join(style.read_text(encoding="utf-8") for style in STYLES)
    dark = {f"{name}_dark": value for name, value in both.items()}
    return look.set(
        **both,
        **dark,
        # Literal, as in style.css: these two paint the page before any style of ours is there.
        body_background_fill="#f6f6f3",
        body_background_fill_dark="#11141b",
        body_text_color="#1d2230",
        body_text_color_dark="#e8eaf0",
        block_border_width="0px",
        input_border_width="1px",
        checkbox_label_border_width="1px",
        button_border_width="1px",
        block_padding="0px",
        block_label_background_fill="transparent",
        block_title_text_weight="600",
        button_large_radius="10px",
        button_transition="background-color .15s",
        checkbox_label_padding="7px 14px",
        container_radius="14px",
        layout_gap="16px",
    )
