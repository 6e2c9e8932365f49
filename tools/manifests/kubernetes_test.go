package manifests

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	batch "k8s.io/api/batch/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

// decode reads one document into the type of its kind. A field that the type has not, or that comes twice, is an error.
func decode(text string) (any, error) {
	var kind meta.TypeMeta
	if err := yaml.Unmarshal([]byte(text), &kind); err != nil {
		return nil, err
	}
	var into any
	switch kind.APIVersion + " " + kind.Kind {
	case "batch/v1 Job":
		into = &batch.Job{}
	case "v1 PersistentVolumeClaim":
		into = &core.PersistentVolumeClaim{}
	default:
		return nil, fmt.Errorf("no check for %s %s", kind.APIVersion, kind.Kind)
	}
	return into, yaml.UnmarshalStrict([]byte(text), into)
}

// checkJob holds rules of the API server, and ours on what an exit code leads to.
func checkJob(job *batch.Job) error {
	spec := job.Spec
	pod := spec.Template.Spec
	if pod.RestartPolicy != core.RestartPolicyNever {
		return errors.New("a Job with podFailurePolicy or one try needs restartPolicy: Never")
	}
	for _, mount := range pod.Containers[0].VolumeMounts {
		if !slices.ContainsFunc(pod.Volumes, func(v core.Volume) bool { return v.Name == mount.Name }) {
			return fmt.Errorf("there is no volume %s", mount.Name)
		}
	}
	if spec.CompletionMode == nil || *spec.CompletionMode != batch.IndexedCompletion {
		return nil
	}
	if spec.Completions == nil || spec.BackoffLimitPerIndex == nil || spec.PodFailurePolicy == nil {
		return errors.New("an Indexed Job needs completions, backoffLimitPerIndex and podFailurePolicy")
	}
	total := slices.IndexFunc(pod.Containers[0].Env, func(e core.EnvVar) bool { return e.Name == "SHARD_TOTAL" })
	if total < 0 || pod.Containers[0].Env[total].Value != strconv.Itoa(int(*spec.Completions)) {
		return errors.New("SHARD_TOTAL is not the number of completions")
	}
	for code, want := range map[int32]batch.PodFailurePolicyAction{1: "FailIndex", 2: "FailJob", 3: "Count", 137: "Count", 143: "Count"} {
		if got := actionOn(spec.PodFailurePolicy.Rules, pod.Containers[0].Name, code); got != want {
			return fmt.Errorf("exit code %d leads to %q, want %s", code, got, want)
		}
	}
	return nil
}

// actionOn is the action of the first rule that an exit code meets, as the Job controller looks for it.
func actionOn(rules []batch.PodFailurePolicyRule, container string, code int32) batch.PodFailurePolicyAction {
	for _, rule := range rules {
		on := rule.OnExitCodes
		if on == nil || on.ContainerName != nil && *on.ContainerName != container {
			continue
		}
		in := slices.Contains(on.Values, code)
		if in && on.Operator == batch.PodFailurePolicyOnExitCodesOpIn || !in && on.Operator == batch.PodFailurePolicyOnExitCodesOpNotIn {
			return rule.Action
		}
	}
	return ""
}

func checkKubernetes(text string) error {
	for _, document := range bytes.Split([]byte(text), []byte("\n---\n")) {
		object, err := decode(string(document))
		if err != nil {
			return err
		}
		if job, ok := object.(*batch.Job); ok {
			if err := checkJob(job); err != nil {
				return err
			}
		}
	}
	return nil
}

func TestTheKubernetesManifestsDecodeStrictly(t *testing.T) {
	for where, text := range blocks(t, "kubernetes") {
		if err := checkKubernetes(text); err != nil {
			t.Errorf("%s: %v", where, err)
		}
		if checkKubernetes(strings.Replace(text, "restartPolicy", "restartPolcy", 1)) == nil {
			t.Errorf("%s: a misspelt field went unnoticed", where)
		}
		if strings.Contains(text, "Indexed") {
			for _, change := range [][2]string{{`value: "4"`, `value: "5"`}, {"values: [1]", "values: [7]"}, {"restartPolicy: Never", "restartPolicy: OnFailure"}} {
				if checkKubernetes(strings.Replace(text, change[0], change[1], 1)) == nil {
					t.Errorf("%s: %s went unnoticed", where, change[1])
				}
			}
		}
	}
}
