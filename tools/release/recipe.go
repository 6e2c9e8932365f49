package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// description is what package managers show.
const description = "Runs Postman collections from one local binary"

// A place is where a release lives on the network, as packaging/home.env has it.
type place struct{ host, owner string }

func readPlace(root string) (place, error) {
	data, err := os.ReadFile(filepath.Join(root, "packaging", "home.env"))
	if err != nil {
		return place{}, err
	}
	var p place
	for line := range strings.Lines(string(data)) {
		switch key, value, _ := strings.Cut(strings.TrimSpace(line), "="); key {
		case "HOST":
			p.host = value
		case "OWNER":
			p.owner = value
		}
	}
	if p.host == "" || p.owner == "" {
		return place{}, fmt.Errorf("packaging/home.env: HOST and OWNER must be there")
	}
	return p, nil
}

// page is the address of the project.
func (p place) page() string { return "https://" + p.host + "/" + p.owner + "/posthaste" }

// download is the address of a file of a release.
func (p place) download(version, name string) string {
	return p.page() + "/releases/download/" + version + "/" + name
}

// writeRecipes writes the formula for Homebrew and the manifest for scoop, which name the archives in dist and their sums.
func writeRecipes(root, dist, version string) ([]string, error) {
	home, err := readPlace(root)
	if err != nil {
		return nil, err
	}
	sum := func(name string) (string, error) {
		data, err := os.ReadFile(filepath.Join(dist, name))
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("%x", sha256.Sum256(data)), nil
	}
	formula, err := brew(home, version, sum)
	if err != nil {
		return nil, err
	}
	manifest, err := scoop(home, version, sum)
	if err != nil {
		return nil, err
	}
	for name, text := range map[string]string{"posthaste.rb": formula, "posthaste.json": manifest} {
		if err := os.WriteFile(filepath.Join(dist, name), []byte(text), 0o644); err != nil {
			return nil, err
		}
	}
	return []string{"posthaste.rb", "posthaste.json"}, nil
}

// brew is the formula for Homebrew, on macOS and Linux.
func brew(home place, version string, sum func(string) (string, error)) (string, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "class Posthaste < Formula\n  desc %q\n  homepage %q\n  version %q\n  license \"MIT\"\n", description, home.page(), strings.TrimPrefix(version, "v"))
	for _, system := range []struct{ block, name string }{{"on_macos", "darwin"}, {"on_linux", "linux"}} {
		fmt.Fprintf(&b, "\n  %s do\n", system.block)
		for _, arch := range []struct{ block, name string }{{"on_arm", "arm64"}, {"on_intel", "amd64"}} {
			name := strings.Join([]string{"posthaste", version, system.name, arch.name}, "_") + ".tar.gz"
			of, err := sum(name)
			if err != nil {
				return "", err
			}
			fmt.Fprintf(&b, "    %s do\n      url %q\n      sha256 %q\n    end\n", arch.block, home.download(version, name), of)
		}
		b.WriteString("  end\n")
	}
	b.WriteString(`
  def install
    bin.install "posthaste"
    man1.install Dir["man/*.1"]
    man7.install Dir["man/*.7"]
    pkgshare.install "collections"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/posthaste version")
  end
end
`)
	return b.String(), nil
}

// scoop is the manifest for scoop, on Windows.
func scoop(home place, version string, sum func(string) (string, error)) (string, error) {
	type build struct {
		URL  string `json:"url"`
		Hash string `json:"hash"`
		Dir  string `json:"extract_dir"`
	}
	builds := map[string]build{}
	for key, arch := range map[string]string{"64bit": "amd64", "arm64": "arm64"} {
		base := strings.Join([]string{"posthaste", version, "windows", arch}, "_")
		of, err := sum(base + ".zip")
		if err != nil {
			return "", err
		}
		builds[key] = build{home.download(version, base+".zip"), of, base}
	}
	text, err := json.MarshalIndent(struct {
		Version      string           `json:"version"`
		Description  string           `json:"description"`
		Homepage     string           `json:"homepage"`
		License      string           `json:"license"`
		Architecture map[string]build `json:"architecture"`
		Bin          string           `json:"bin"`
	}{strings.TrimPrefix(version, "v"), description, home.page(), "MIT", builds, "posthaste.exe"}, "", "    ")
	return string(text) + "\n", err
}

// show lists what a release would upload: each file of dist with its size and address.
func show(root, version string, out io.Writer) error {
	home, err := readPlace(root)
	if err != nil {
		return err
	}
	entries, err := os.ReadDir(filepath.Join(root, "dist"))
	if err != nil {
		return err
	}
	var names []string
	sizes := map[string]int64{}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			return err
		}
		names = append(names, e.Name())
		sizes[e.Name()] = info.Size()
	}
	slices.Sort(names)
	fmt.Fprintf(out, "\nA release of %s would upload to %s:\n\n", version, home.page())
	for _, name := range names {
		fmt.Fprintf(out, "  %9.1f kB  %s\n", float64(sizes[name])/1000, home.download(version, name))
	}
	fmt.Fprintf(out, "\n  image      %s/%s/posthaste:%s\n  module     go install %s@%s\n  action     uses: %s/posthaste@%s\n\nNothing was sent.\n",
		home.host, home.owner, version, strings.TrimPrefix(home.page(), "https://"), version, home.owner, version)
	return nil
}
