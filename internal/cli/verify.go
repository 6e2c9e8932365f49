package cli

import (
	"fmt"
	"os"

	"posthaste/reporters"
)

// verifyRedaction looks for every secret of the run in the reports that it wrote. A secret that is found fails the
// run: the report is taken away, because it must not be read or uploaded.
func (r *running) verifyRedaction(out *outputs) error {
	if !r.flags.verifyRedaction || r.secrets == nil {
		return nil
	}
	for _, rep := range out.reporters {
		if rep.file == nil {
			continue
		}
		name, err := findSecret(r, rep.file.path)
		if err != nil {
			return fmt.Errorf("checking the %s report for secrets: %w", rep.name, err)
		}
		if name != "" {
			_ = os.Remove(rep.file.path) // the error below says what matters
			return &problem{
				code: ExitFailed, err: fmt.Errorf("the %s report held the value of %s and was removed", rep.name, name),
				hint: "this is a fault of Posthaste: please report it",
			}
		}
	}
	return nil
}

func findSecret(r *running, path string) (name string, err error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	return reporters.Verify(r.secrets, file)
}
