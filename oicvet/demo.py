"""The accounts of the demo data: one per role, for showing the portal and never for running it."""

DEMO_ACCOUNTS = (
    "demo-data-entry",
    "demo-editor",
    "demo-report-officer",
    "demo-administrator",
    "demo-focal-point",
)
