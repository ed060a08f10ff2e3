"""The IDs of the demonstration deployment and its OAuth client.

They are public, name nothing real, and may be shown whole.
"""

DEMO_DEPLOYMENT_ID = "de3051a1-0000-4000-8000-000000000001"
DEMO_ORG_ID = "de3051a1-0000-4000-8000-000000000002"
DEMO_CLIENT_ID = "de3051a1-0000-4000-8000-000000000003"
DEMO_CLIENT_SECRET = "simulator-secret"  # noqa: S105 - it opens nothing but a simulator on this computer
