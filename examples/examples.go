// Package examples carries the example jobs for CI systems, so that `posthaste init` writes what the tests of those run.
package examples

import (
	"embed"
	"io/fs"
)

//go:embed ci/github.yml ci/gitlab-ci.yml ci/azure-pipelines.yml ci/bitbucket-pipelines.yml ci/Jenkinsfile
var files embed.FS

// Files returns the jobs, below ci.
func Files() fs.FS { return files }
