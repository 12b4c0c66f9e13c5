"""What the App API says about itself: operations, the OpenAPI document made of them, and the page that shows it."""
