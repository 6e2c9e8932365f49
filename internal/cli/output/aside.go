package output

import (
	"os"

	"posthaste/internal/redact"
)

// aside makes a file beside the reports, for what a long run knows of secrets and has no room for in memory. Nobody
// else may read it, and Discard removes it.
func (o *Reports) aside() (*os.File, error) {
	var beside *File
	for _, rep := range o.reporters {
		if rep.file != nil {
			beside = rep.file
			break
		}
	}
	file, err := nameless(o.temp, beside, "secrets")
	if err != nil {
		return nil, err
	}
	o.asides = append(o.asides, file)
	return file, nil
}

// keepAside lets the secrets of the run, and those of its watch, use files beside the reports.
func (o *Reports) keepAside(w *Watch) {
	if o.secrets != nil {
		o.secrets.Keep(func() (redact.File, error) { return o.aside() })
	}
	if w != nil {
		w.keep = o.aside
	}
}

func (o *Reports) discardAsides() {
	for _, file := range o.asides {
		_ = file.Close() // it is removed next
		o.temp.Remove(file.Name())
	}
	o.asides = nil
}
