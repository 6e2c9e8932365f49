package cookie

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestABucketKnowsThePathsOfARequest compares with a look at each cookie, for few cookies under long paths and many
// under short ones.
func TestABucketKnowsThePathsOfARequest(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	path := func(depth int) string {
		var b strings.Builder
		for range random.IntN(depth) {
			b.WriteString("/" + []string{"", "a", "b", "ab"}[random.IntN(4)])
		}
		return "/" + strings.TrimPrefix(b.String(), "/")
	}
	for round := range 2000 {
		b, all := bucket{}, []*entry{}
		for i := range random.IntN(20) {
			e := &entry{Cookie: Cookie{Name: strconv.Itoa(i), Path: path(5)}}
			b.put(e)
			all = append(all, e)
		}
		at := path(8)
		var got, want []string
		for e := range b.at(at) {
			got = append(got, e.Path+" "+e.Name)
		}
		for _, e := range all {
			if pathMatch(at, e.Path) {
				want = append(want, e.Path+" "+e.Name)
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Fatalf("round %d, path %q: %q, want %q", round, at, got, want)
		}
	}
}

func TestSecureCookiesGoToThisMachine(t *testing.T) {
	for url, want := range map[string]bool{
		"http://localhost:9400/": true, "http://LOCALHOST/": true, "http://api.localhost/": true, "http://localhost./": true,
		"http://127.0.0.1/": true, "http://127.8.9.1:80/": true, "http://[::1]:9/": true, "https://a.test/": true,
		"http://a.test/": false, "http://localhost.a.test/": false, "http://notlocalhost/": false, "http://128.0.0.1/": false,
		"http://127.0.0.1.a.test/": false, "http://[::2]/": false,
	} {
		jar, _ := newJar()
		if err := jar.Set(url, "s=1; Secure; Path=/"); err != nil {
			t.Fatal(err)
		}
		if got := jar.Header(url) == "s=1"; got != want {
			t.Errorf("%s: sent %v, want %v", url, got, want)
		}
		if c, ok := jar.Cookie(url, "s"); ok != want || want && c.Value != "1" {
			t.Errorf("%s: the cookie of that name is %+v, %v", url, c, ok)
		}
	}
}
