"""The accounts of the demo data: one per role, for showing the portal and never for running it."""

DEMO_ACCOUNTS = (
    "demo-data-entry",
    "demo-editor",
    "demo-report-officer",
    "demo-administrator",
    "demo-focal-point",
)

# Printed by the command that makes the accounts; `accounts.auth` turns them away wherever they are not allowed.
DEMO_PASSWORD = "vocational-2024"  # noqa: S105 -- public on purpose
