package ieee

import (
	"encoding/json"
	"math"
	"os"
	"strconv"
	"testing"
)

// TestPowIsThatOfV8 compares with 800 powers of V8 11.3 (Node, 2026-11): the bits of base, exponent and outcome.
func TestPowIsThatOfV8(t *testing.T) {
	text, err := os.ReadFile("testdata/pow.json")
	if err != nil {
		t.Fatal(err)
	}
	var list [][3]string
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		var n [3]float64
		for i, bits := range e {
			u, err := strconv.ParseUint(bits, 16, 64)
			if err != nil {
				t.Fatal(err)
			}
			n[i] = math.Float64frombits(u)
		}
		if got := Pow(n[0], n[1]); got != n[2] && !(math.IsNaN(got) && math.IsNaN(n[2])) {
			t.Errorf("%v ** %v is %v, V8 %v", n[0], n[1], got, n[2])
		}
	}
}

func TestPowOfSpecialNumbers(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	tests := map[string][3]float64{
		"anything to nothing":          {nan, 0, 1},
		"one to the infinite":          {1, inf, nan},
		"minus one to the infinite":    {-1, -inf, nan},
		"no number":                    {2, nan, nan},
		"one to no number":             {1, nan, nan},
		"a root of what is below 0":    {-8, 1.0 / 3, nan},
		"an odd power of minus 2":      {-2, 3, -8},
		"an even power of minus 2":     {-2, 4, 16},
		"beyond every number":          {10, 400, inf},
		"beyond every negative one":    {-10, 401, -inf},
		"the smallest":                 {2, -1074, 5e-324},
		"below the smallest":           {2, -1080, 0},
		"a large exponent":             {1.0000001, 1e10, inf},
		"a large exponent of nearly 1": {1 - 1e-10, 1e10, 0.36787944117144233},
		"zero to a negative":           {0, -1, inf},
		"infinity to minus 1":          {inf, -1, 0},
	}
	for name, test := range tests {
		got := Pow(test[0], test[1])
		if close := math.Abs(got-test[2]) <= math.Abs(test[2])*1e-7; got != test[2] && !close && !(math.IsNaN(got) && math.IsNaN(test[2])) {
			t.Errorf("%s: %v ** %v is %v, want %v", name, test[0], test[1], got, test[2])
		}
	}
}
