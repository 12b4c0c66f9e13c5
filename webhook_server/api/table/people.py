"""App users: who they are, and what is known of them."""

from webhook_server.api import models
from webhook_server.api.app_users import AppUserBody, AppUsersApi, ProfileBody
from webhook_server.api.deletion import DeletionApi
from webhook_server.api.events import EventBody, EventsApi
from webhook_server.api.init import InitApi, InitBody
from webhook_server.api.table.operations import Operation, Resource
from webhook_server.errors import ForbiddenError, UserExistsError

RESOURCES = (
    Resource(
        "App users",
        AppUsersApi,
        (
            Operation(
                "POST /appusers",
                AppUsersApi.create,
                "createAppUser",
                models.AppUserAnswer,
                201,
                who="app",
                body=AppUserBody,
                errors=(UserExistsError,),
            ),
            Operation("GET /appusers/{id}", AppUsersApi.get, "getAppUser", models.AppUserAnswer),
            Operation(
                "PUT /appusers/{id}",
                AppUsersApi.update,
                "updateAppUser",
                models.AppUserAnswer,
                body=ProfileBody,
                body_required=False,
            ),
        ),
    ),
    Resource(
        "App users",
        InitApi,
        (
            Operation(
                "POST /init",
                InitApi.init,
                "init",
                models.InitAnswer,
                body=InitBody,
                errors=(ForbiddenError, UserExistsError),
            ),
        ),
    ),
    Resource(
        "App users",
        DeletionApi,
        (
            Operation(
                "DELETE /appusers/{id}/profile", DeletionApi.profile, "deleteProfile", models.AppUserAnswer, who="jwt"
            ),
        ),
    ),
    Resource(
        "App users",
        EventsApi,
        (Operation("POST /appusers/{id}/events", EventsApi.note, "postEvent", models.EventAnswer, body=EventBody),),
    ),
)
