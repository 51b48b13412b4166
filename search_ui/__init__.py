"""The web pages: labels, rendering and the ASGI shell around Gradio."""
