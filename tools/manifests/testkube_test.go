package manifests

import (
	"strings"
	"testing"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	"sigs.k8s.io/yaml"
)

// testWorkflow has the fields of testworkflows.testkube.io/v1 that the page uses, under their published names.
type testWorkflow struct {
	meta.TypeMeta `json:",inline"`
	Metadata      meta.ObjectMeta `json:"metadata"`
	Spec          struct {
		Content   *workflowContent   `json:"content"`
		Container *workflowContainer `json:"container"`
		Steps     []workflowStep     `json:"steps"`
	} `json:"spec"`
}

type workflowContent struct {
	Git struct {
		URI      string   `json:"uri"`
		Revision string   `json:"revision"`
		Paths    []string `json:"paths"`
	} `json:"git"`
}

type workflowContainer struct {
	Image      string        `json:"image"`
	WorkingDir *string       `json:"workingDir"`
	Env        []core.EnvVar `json:"env"`
	Resources  struct {
		Requests map[core.ResourceName]intstr.IntOrString `json:"requests"`
		Limits   map[core.ResourceName]intstr.IntOrString `json:"limits"`
	} `json:"resources"`
}

type workflowStep struct {
	Name      string             `json:"name"`
	Condition string             `json:"condition"`
	Shell     string             `json:"shell"`
	Container *workflowContainer `json:"container"`
	Parallel  *struct {
		Count     intstr.IntOrString `json:"count"`
		Transfer  []workflowCopy     `json:"transfer"`
		Fetch     []workflowCopy     `json:"fetch"`
		Container *workflowContainer `json:"container"`
		Shell     string             `json:"shell"`
	} `json:"parallel"`
	Artifacts *struct {
		Paths []string `json:"paths"`
	} `json:"artifacts"`
}

type workflowCopy struct {
	From string `json:"from"`
	To   string `json:"to"`
}

func readWorkflow(text string) (testWorkflow, error) {
	var w testWorkflow
	err := yaml.UnmarshalStrict([]byte(text), &w)
	return w, err
}

func TestTheTestkubeWorkflowHasTheFieldsThatWeKnow(t *testing.T) {
	for where, text := range blocks(t, "testkube") {
		w, err := readWorkflow(text)
		if err != nil {
			t.Errorf("%s: %v", where, err)
			continue
		}
		if w.Kind != "TestWorkflow" || w.APIVersion != "testworkflows.testkube.io/v1" || len(w.Spec.Steps) != 2 {
			t.Errorf("%s: %s %s with %d steps", where, w.APIVersion, w.Kind, len(w.Spec.Steps))
			continue
		}
		run, report := w.Spec.Steps[0].Parallel, w.Spec.Steps[1]
		if run == nil || run.Count.IntValue() < 2 || !strings.Contains(run.Shell, "--shard {{ index + 1 }}/{{ count }}") {
			t.Errorf("%s: the parts do not run in parallel", where)
			continue
		}
		if len(run.Fetch) != 1 || !strings.Contains(report.Shell, "posthaste merge "+run.Fetch[0].To) || report.Condition != "always" {
			t.Errorf("%s: the recordings do not reach the report whatever happens", where)
		}
		if _, err := readWorkflow(strings.Replace(text, "transfer:", "transfers:", 1)); err == nil {
			t.Errorf("%s: a misspelt field went unnoticed", where)
		}
	}
}
