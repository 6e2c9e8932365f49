package manifests

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

// gitlabJob has the keywords of a job that the page uses.
type gitlabJob struct {
	Image        string   `json:"image"`
	Extends      string   `json:"extends"`
	Stage        string   `json:"stage"`
	Parallel     int      `json:"parallel"`
	Timeout      string   `json:"timeout"`
	When         string   `json:"when"`
	Needs        []string `json:"needs"`
	Script       []string `json:"script"`
	BeforeScript []string `json:"before_script"`
	Retry        *struct {
		Max       int      `json:"max"`
		When      []string `json:"when"`
		ExitCodes []int    `json:"exit_codes"`
	} `json:"retry"`
	Artifacts *struct {
		When    string            `json:"when"`
		Paths   []string          `json:"paths"`
		Reports map[string]string `json:"reports"`
	} `json:"artifacts"`
}

// readPipeline reads the jobs of a pipeline and follows extends, needs and stage to what they name.
func readPipeline(text string) (map[string]gitlabJob, error) {
	var all map[string]any
	if err := yaml.UnmarshalStrict([]byte(text), &all); err != nil {
		return nil, err
	}
	var stages []string
	jobs := map[string]gitlabJob{}
	for name, value := range all {
		part, err := yaml.Marshal(value)
		if err != nil {
			return nil, err
		}
		switch name {
		case "stages":
			err = yaml.Unmarshal(part, &stages)
		case "variables":
			err = yaml.Unmarshal(part, &map[string]string{})
		default:
			var job gitlabJob
			err = yaml.UnmarshalStrict(part, &job)
			jobs[name] = job
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	for name, job := range jobs {
		if _, known := jobs[job.Extends]; job.Extends != "" && !known {
			return nil, fmt.Errorf("%s extends %s, which is not there", name, job.Extends)
		}
		for _, need := range job.Needs {
			if _, known := jobs[need]; !known {
				return nil, fmt.Errorf("%s needs %s, which is not there", name, need)
			}
		}
		if hidden := strings.HasPrefix(name, "."); !hidden && (len(job.Script) == 0 || !slices.Contains(stages, job.Stage)) {
			return nil, fmt.Errorf("%s has no script or no stage", name)
		}
		if r := job.Retry; r != nil && (r.Max < 0 || r.Max > 2 || slices.Contains(r.ExitCodes, 1) || slices.Contains(r.When, "script_failure")) {
			return nil, fmt.Errorf("%s: retry: GitLab allows 0 to 2, and failed tests are not tried again", name)
		}
	}
	if jobs["shard"].Parallel < 2 || jobs["report"].When != "always" {
		return nil, errors.New("shard is not parallel, or report waits for success")
	}
	return jobs, nil
}

func TestTheGitLabPipelineHasTheKeywordsThatWeKnow(t *testing.T) {
	for where, text := range blocks(t, "gitlab") {
		if _, err := readPipeline(text); err != nil {
			t.Errorf("%s: %v", where, err)
		}
		for _, change := range [][2]string{{"needs: [shard]", "needs: [shrad]"}, {"parallel: 4", "paralel: 4"}, {"exit_codes: [3]", "exit_codes: [1]"}, {"[runner_system_failure]", "[script_failure]"}} {
			if _, err := readPipeline(strings.Replace(text, change[0], change[1], 1)); err == nil {
				t.Errorf("%s: %s went unnoticed", where, change[1])
			}
		}
	}
}
