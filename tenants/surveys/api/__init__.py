"""Surveys over HTTP: for the seller's backend and for members."""

from tenants.surveys.api.definitions import SurveyController, SurveyStepController
from tenants.surveys.api.results import SurveyResultsController

ROUTES = [SurveyController, SurveyStepController, SurveyResultsController]
TAGS = {
    "Surveys": "What is asked, of whom and for what; versions, templates, quotas and results. 问卷",
}
