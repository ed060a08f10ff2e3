"""The IDs of the demonstration deployment. They are public, name nothing real, and may be shown whole."""

DEMO_DEPLOYMENT_ID = "de3051a1-0000-4000-8000-000000000001"
DEMO_ORG_ID = "de3051a1-0000-4000-8000-000000000002"
