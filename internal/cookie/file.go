package cookie

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// The file's shape is tough-cookie's toJSON, so that jars can be exchanged with newman.
type jarFile struct {
	Version              string       `json:"version"`
	StoreType            string       `json:"storeType"`
	RejectPublicSuffixes bool         `json:"rejectPublicSuffixes"`
	EnableLooseMode      bool         `json:"enableLooseMode"`
	AllowSpecialUse      bool         `json:"allowSpecialUseDomain"`
	PrefixSecurity       string       `json:"prefixSecurity"`
	Cookies              []cookieFile `json:"cookies"`
}

type cookieFile struct {
	Key           string          `json:"key,omitempty"`
	Value         string          `json:"value,omitempty"`
	Expires       string          `json:"expires,omitempty"` // RFC 3339; absent for "Infinity"
	MaxAge        json.RawMessage `json:"maxAge,omitempty"`  // a number, "Infinity" or "-Infinity"
	Domain        string          `json:"domain"`
	Path          string          `json:"path"`
	Secure        bool            `json:"secure,omitempty"`
	HTTPOnly      bool            `json:"httpOnly,omitempty"`
	Extensions    []string        `json:"extensions,omitempty"`
	HostOnly      *bool           `json:"hostOnly,omitempty"`
	PathIsDefault bool            `json:"pathIsDefault,omitempty"`
	Creation      string          `json:"creation,omitempty"`
	LastAccessed  string          `json:"lastAccessed,omitempty"`
	SameSite      string          `json:"sameSite,omitempty"`
}

// isoTime is how JavaScript writes a date.
const isoTime = "2006-01-02T15:04:05.000Z"

// noCookies is what Save writes of a jar without cookies. Most runs end with one.
const noCookies = `{
  "version": "tough-cookie@4.1.3",
  "storeType": "MemoryCookieStore",
  "rejectPublicSuffixes": false,
  "enableLooseMode": true,
  "allowSpecialUseDomain": true,
  "prefixSecurity": "silent",
  "cookies": []
}
`

// Save writes all cookies as tough-cookie does, indented by two spaces.
func (j *Jar) Save(w io.Writer) error {
	cookies := j.All()
	if len(cookies) == 0 {
		if _, err := io.WriteString(w, noCookies); err != nil {
			return fmt.Errorf("writing cookie jar: %w", err)
		}
		return nil
	}
	file := emptyFile()
	for _, c := range cookies {
		out := cookieFile{
			Key: c.Name, Value: c.Value, Domain: c.Domain, Path: c.Path, Secure: c.Secure, HTTPOnly: c.HTTPOnly,
			Extensions: c.Extensions, HostOnly: &c.HostOnly, PathIsDefault: c.PathIsDefault, SameSite: c.SameSite,
			Creation: c.Created.Format(isoTime), LastAccessed: c.LastAccessed.Format(isoTime),
		}
		if !c.Expires.IsZero() {
			out.Expires = c.Expires.UTC().Format(isoTime)
		}
		if c.HasMaxAge {
			out.MaxAge = fmt.Append(nil, c.MaxAge)
		}
		file.Cookies = append(file.Cookies, out)
	}
	return file.write(w)
}

func emptyFile() *jarFile {
	return &jarFile{
		Version: "tough-cookie@4.1.3", StoreType: "MemoryCookieStore", EnableLooseMode: true,
		AllowSpecialUse: true, PrefixSecurity: "silent", Cookies: []cookieFile{},
	}
}

func (file *jarFile) write(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(file); err != nil {
		return fmt.Errorf("writing cookie jar: %w", err)
	}
	return nil
}

// Load adds the cookies of a file that Save or tough-cookie wrote. Keys that it does not know are skipped.
// On an error the jar is unchanged.
func (j *Jar) Load(r io.Reader) error {
	var file struct {
		Cookies *[]cookieFile `json:"cookies"`
	}
	err := json.NewDecoder(r).Decode(&file)
	if wrong := (*json.UnmarshalTypeError)(nil); errors.As(err, &wrong) {
		return fmt.Errorf("a cookie jar is a JSON object with a list \"cookies\", found %s", wrong.Value)
	}
	if err != nil {
		return fmt.Errorf("a cookie jar is a JSON object with a list \"cookies\": %w", err)
	}
	if file.Cookies == nil {
		return errors.New("a cookie jar is a JSON object with a list \"cookies\", which is missing")
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	now := j.now().UTC()
	for _, in := range *file.Cookies {
		c := Cookie{
			Name: in.Key, Value: in.Value, Domain: canonical(in.Domain), Path: in.Path, Secure: in.Secure,
			HTTPOnly: in.HTTPOnly, Extensions: in.Extensions, PathIsDefault: in.PathIsDefault, SameSite: in.SameSite,
			HostOnly: in.HostOnly == nil || *in.HostOnly,
			Created:  timeOr(in.Creation, now), LastAccessed: timeOr(in.LastAccessed, now),
			Expires: timeOr(in.Expires, time.Time{}),
		}
		if c.Path == "" {
			c.Path = "/"
		}
		c.HasMaxAge, c.MaxAge = maxAge(string(in.MaxAge))
		j.store(c, c.Created)
	}
	return nil
}

func timeOr(text string, otherwise time.Time) time.Time {
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return t.UTC()
	}
	return otherwise
}

// maxAge reads a number of seconds, or JavaScript's infinities as tough-cookie writes them.
func maxAge(text string) (bool, int64) {
	switch strings.Trim(text, `"`) {
	case "", "null", "Infinity":
		return false, 0
	case "-Infinity":
		return true, 0
	}
	var n float64
	if json.Unmarshal([]byte(text), &n) != nil {
		return false, 0
	}
	return true, int64(max(min(n, float64(maxSeconds)), -1))
}
