#!/usr/bin/env bash
# Everything a machine can find before a person reads the change (`make check`): one line for each check, and what
# it found where it found something. Goes on after a failure, so that one run shows everything there is to mend.
set -uo pipefail
cd "$(dirname "$0")/.."

python=.venv/bin/python
failed=()

check() { # name, command…
    local name=$1 output
    shift
    if output=$("$@" 2>&1); then
        printf '%-9s%s\n' ok "$name"
    else
        printf '%-9s%s\n' FAILED "$name"
        sed 's/^/         /' <<<"$output"
        failed+=("$name")
    fi
}

manage() { # settings module, arguments of manage.py…
    env -u DATABASE_URL DJANGO_SETTINGS_MODULE="oicvet.settings.$1" "$python" manage.py "${@:2}"
}

# What an installation says in its environment; nothing is opened or sent.
deploy_check() {
    env DJANGO_SETTINGS_MODULE=oicvet.settings.production \
        SECRET_KEY="$("$python" -c 'import secrets; print(secrets.token_urlsafe(64))')" \
        ALLOWED_HOSTS=portal.example.org \
        CSRF_TRUSTED_ORIGINS=https://portal.example.org \
        PORTAL_URL=https://portal.example.org \
        DATABASE_URL=postgres://portal:secret@database.example.org:5432/portal \
        BEHIND_TLS_PROXY=true \
        EMAIL_URL=smtp+tls://portal:secret@mail.example.org:587 \
        "$python" manage.py check --deploy --fail-level WARNING
}

# The modules that hand values on: what they promise is written in their types.
typed=()
for path in bilingual/{numbers,grammar,dates,search,text,findings,text_findings,printable,states,remembering}{,.py} \
    bilingual/{checks,bulk,files,history,changes,restoring,returning,unchanged,release,addresses,feeds,bitmaps,vocabulary,spelling,marking,sorting,prepared,public_pages,keeping}.py \
    partners/{country_list,forms,fields}.py \
    activities/{figures,findings,duplicates,copying,attention,joining,naming,addresses,taking_part,partners_of,index,finding,rows,row_facts,charts,months,summary,citing,doors,involvement,country_account,news}{,.py} \
    activities/sheets/*.py activities/admin/{checks,choices,countries,entered,places,taking_part}.py \
    activities/admin/merging oicvet/{start,help}.py oicvet/policy/*.py bilingual/api/{refusals,texts}.py activities/files/*.py \
    reports/findings/*.py reports/{doors,overrides,preflight,sentences}.py \
    bilingual/{state_queries,translating,house_style,house_words}{,.py} activities/house_words{,.py} \
    reports/translating/{kinds,names,selection,saving,workbook,incoming}{,.py} \
    reports/{facts,fact_rows,canonical,assembly,promises,placeholders,composition,rendering}{,.py} reports/phrases/*.py \
    reports/{differences,issuing,inspection,versions,codes,triggers}.py \
    reports/{files,jobs,tasks,worker}.py \
    reports/former/*.py accounts/counting.py accounts/sealing.py focalpoints/following/{digests,keeping,mailing,phrases,sending,unsubscribing}.py \
    activities/views/parts.py reports/{steady,sheets,workbook,briefs}.py reports/word/*.py oicvet/settings/safety.py; do
    [ -e "$path" ] && typed+=("$path")
done

templates=()
for path in templates */templates; do
    [ -n "$(find "$path" -name '*.html' -print -quit 2>/dev/null)" ] && templates+=("$path")
done

check "ruff: lint" "$python" -m ruff check --quiet --output-format concise .
check "ruff: format" "$python" -m ruff format --check --quiet .
if [ ${#templates[@]} -gt 0 ]; then
    check "djlint: lint" "$python" -m djlint --lint "${templates[@]}"
    # In a report's template a line break can become a space before a comma, so those are laid out by hand.
    check "djlint: format" "$python" -m djlint --check --allow-empty-input --extend-exclude templates/reports "${templates[@]}"
fi
check "stylesheets: no physical directions" "$python" tools/check_stylesheets.py
check "mypy: the ${#typed[@]} modules that hand values on" "$python" -m mypy --no-error-summary "${typed[@]}"
check "engine: the version that was read" "$python" tools/check_engine.py
check "imports: one direction, nothing foreign" "$python" -m pytest --quiet --no-header oicvet/tests/test_architecture.py
check "manage.py check" manage test check --fail-level WARNING
check "manage.py check --deploy, production settings" deploy_check
check "migrations: none missing" manage test makemigrations --check --dry-run
check "messages: complete" "$python" tools/check_messages.py

if [ ${#failed[@]} -gt 0 ]; then
    printf '\n%d of the checks failed:\n' ${#failed[@]}
    printf '  %s\n' "${failed[@]}"
    exit 1
fi
printf '\nEverything is in order.\n'
