package main

import (
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"
)

// A bill is the list of what the program is made of, as SPDX 2.3 has it.
type bill struct {
	Version       string     `json:"spdxVersion"`
	Licence       string     `json:"dataLicense"`
	ID            string     `json:"SPDXID"`
	Name          string     `json:"name"`
	Namespace     string     `json:"documentNamespace"`
	Created       creation   `json:"creationInfo"`
	Packages      []part     `json:"packages"`
	Relationships []relation `json:"relationships"`
}

type creation struct {
	Created  string   `json:"created"`
	Creators []string `json:"creators"`
}

type part struct {
	ID        string     `json:"SPDXID"`
	Name      string     `json:"name"`
	Version   string     `json:"versionInfo"`
	Location  string     `json:"downloadLocation"`
	Analyzed  bool       `json:"filesAnalyzed"`
	Sums      []checksum `json:"checksums,omitempty"`
	Reference []external `json:"externalRefs,omitempty"`
	Comment   string     `json:"comment,omitempty"`
}

type checksum struct {
	Algorithm string `json:"algorithm"`
	Value     string `json:"checksumValue"`
}

type external struct {
	Category string `json:"referenceCategory"`
	Type     string `json:"referenceType"`
	Locator  string `json:"referenceLocator"`
}

type relation struct {
	Element string `json:"spdxElementId"`
	Type    string `json:"relationshipType"`
	Related string `json:"relatedSpdxElement"`
}

// writeBill writes what a build says of itself: its modules with the sums of go.sum, and the Go release.
func writeBill(path, built, version string) error {
	info, err := buildinfo.ReadFile(built)
	if err != nil {
		return fmt.Errorf("reading the build information: %w", err)
	}
	data, err := os.ReadFile(built)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(data)
	b := bill{
		Version: "SPDX-2.3", Licence: "CC0-1.0", ID: "SPDXRef-DOCUMENT", Name: "posthaste-" + version,
		Namespace: "https://home.example/nobody/posthaste/spdx/" + version + "/" + hex.EncodeToString(sum[:8]),
		Created:   creation{Created: when().Format(time.RFC3339), Creators: []string{"Tool: posthaste-release"}},
		Packages: []part{{
			ID: "SPDXRef-posthaste", Name: "posthaste", Version: version, Location: "NOASSERTION",
			Sums: []checksum{{"SHA256", hex.EncodeToString(sum[:])}},
		}, {
			ID: "SPDXRef-go", Name: "go", Version: info.GoVersion, Location: "https://go.dev/dl/",
		}},
		Relationships: []relation{
			{"SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-posthaste"},
			{"SPDXRef-posthaste", "DEPENDS_ON", "SPDXRef-go"},
		},
	}
	for i, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		p := part{
			ID: fmt.Sprintf("SPDXRef-module-%d", i+1), Name: m.Path, Version: m.Version,
			Location:  "https://proxy.golang.org/" + strings.ToLower(m.Path) + "/@v/" + m.Version + ".zip",
			Reference: []external{{"PACKAGE-MANAGER", "purl", "pkg:golang/" + m.Path + "@" + m.Version}},
		}
		if m.Sum != "" {
			p.Comment = "go.sum has " + m.Sum
		}
		b.Packages = append(b.Packages, p)
		b.Relationships = append(b.Relationships, relation{"SPDXRef-posthaste", "DEPENDS_ON", p.ID})
	}
	text, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(text, '\n'), 0o644)
}
