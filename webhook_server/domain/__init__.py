"""The app's side as pure decisions: values in, values out."""
