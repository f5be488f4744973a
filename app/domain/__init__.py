"""The field's words as frozen types. No input or output happens here, and nothing here imports a framework."""
