"""What the contract says of single operations beside the shape of their answers."""

from contract_table import TABLE

from webhook_server.api import routes


def test_the_server_has_the_contracts_operations_and_no_others():
    offered = {
        operation.line.replace("/appusers/{id}", "/appusers/{user}").replace("{webhookId}", "{webhook}")
        for resource in routes.RESOURCES
        for operation in resource.operations
        if not operation.at_root
    }
    assert offered == {row.line for row in TABLE}


def test_a_post_without_a_body_or_with_an_empty_one_marks_as_read(scene):
    path = f"/v1/appusers/{scene.user}/conversation/read"
    for options in ({}, {"data": b"{}", "content_type": "application/json"}, {"content_type": "application/json"}):
        response = scene.office.as_app("POST", path, **options)
        assert (response.status_code, response.json) == (200, {})


def test_an_image_that_was_uploaded_says_where_it_is_in_its_text(scene):
    row = next(row for row in TABLE if row.name == "upload image")
    message = scene.ask(row).json["message"]
    assert (message["type"], message["mediaType"], message["name"]) == ("image", "image/png", "Ann")
    assert message["text"] == message["mediaUrl"]
