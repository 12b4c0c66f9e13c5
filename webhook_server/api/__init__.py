"""The App API: Smooch's v1 over HTTP and JSON. One module per resource; the edges only translate."""
