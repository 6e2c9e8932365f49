// Runs a collection in TeamCity. The reporter teamcity tells the server of each test as it ends; no report has to be read
// afterwards. api.base and api.token are parameters of the project, the second a password.
import jetbrains.buildServer.configs.kotlin.*
import jetbrains.buildServer.configs.kotlin.buildSteps.script

version = "2025.03"

project {
    buildType(Api)
}

object Api : BuildType({
    name = "API"
    artifactRules = "posthaste-report => posthaste-report"
    params {
        param("env.POSTHASTE_VERSION", "v0.1.0")
        param("env.POSTHASTE_RELEASES", "https://home.example/nobody/posthaste/releases/download")
        param("env.API_BASE", "%api.base%")
        password("env.API_TOKEN", "%api.token%")
    }
    vcs { root(DslContext.settingsRoot) }
    steps {
        script {
            name = "Install posthaste"
            scriptContent = """
                set -eu
                archive="posthaste_${'$'}{POSTHASTE_VERSION}_linux_amd64.tar.gz"
                curl -fsSLO "${'$'}POSTHASTE_RELEASES/${'$'}POSTHASTE_VERSION/${'$'}archive" -O "${'$'}POSTHASTE_RELEASES/${'$'}POSTHASTE_VERSION/SHA256SUMS"
                sha256sum --check --ignore-missing SHA256SUMS
                mkdir -p .posthaste && tar -xzf "${'$'}archive" --strip-components 1 -C .posthaste
                .posthaste/posthaste version
            """.trimIndent()
        }
        script {
            name = "Run the collection"
            scriptContent = """
                set -eu
                secrets=${'$'}(mktemp) && printf 'base=%%s\ntoken=%%s\n' "${'$'}API_BASE" "${'$'}API_TOKEN" > "${'$'}secrets"
                .posthaste/posthaste run tests/api.postman_collection.json \
                  --environment tests/api.postman_environment.json --env-file "${'$'}secrets" \
                  --reporters cli,teamcity,junit,html
            """.trimIndent()
        }
    }
})
