"""Guards around the whole application: plain ASGI classes, one fault each."""
