package ieee

import (
	"encoding/json"
	"math"
	"math/big"
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
		got := Pow(n[0], n[1])
		if got != n[2] && !(math.IsNaN(got) && math.IsNaN(n[2])) {
			t.Errorf("%v ** %v is %v, V8 %v", n[0], n[1], got, n[2])
		}
	}
}

// TestPowersOfTen are what their text says, up to the last one that is exact.
func TestPowersOfTen(t *testing.T) {
	for n := range 23 {
		want, err := strconv.ParseFloat("1e"+strconv.Itoa(n), 64)
		if got := Pow(10, float64(n)); err != nil || got != want {
			t.Errorf("10 ** %d is %v", n, got)
		}
	}
}

// TestSubnormalPowers are those of V8: one digit from the nearest number, since V8 rounds them twice.
func TestSubnormalPowers(t *testing.T) {
	for _, e := range [][3]uint64{
		{0x40676e0e1dce8c0d, 0xc060f22048f8e287, 0x568df6340a258},
		{0x4074993d01feb842, 0xc05e90f926bcb64b, 0x9f55bb009f1a6},
		{0x408e71f9572a786c, 0xc059c4bd60960ca4, 0x658b53407611e},
	} {
		x, y := math.Float64frombits(e[0]), math.Float64frombits(e[1])
		if got := math.Float64bits(Pow(x, y)); got != e[2] {
			t.Errorf("%v ** %v is %x, V8 %x", x, y, got, e[2])
		}
	}
}

// bigLog is the natural logarithm of p/q with 200 bits: twice the artanh of (p-q)/(p+q).
func bigLog(p, q int64) *big.Float {
	of := func(p, q int64) *big.Float {
		n := new(big.Float).SetPrec(200).SetInt64(p)
		return n.Quo(n, new(big.Float).SetInt64(q))
	}
	s, total := of(p-q, p+q), new(big.Float).SetPrec(200)
	square := new(big.Float).Mul(s, s)
	for k := int64(1); k < 200; k += 2 {
		total.Add(total, new(big.Float).Mul(s, of(2, k)))
		s.Mul(s, square)
	}
	return total
}

// TestConstants computes each pair: high is the nearest number, low that of the rest.
func TestConstants(t *testing.T) {
	one, ofTwo := big.NewFloat(1).SetPrec(200), bigLog(2, 1)
	quo := func(a, b *big.Float) *big.Float { return new(big.Float).Quo(a, b) }
	check := func(name string, got pair, want *big.Float) {
		high, _ := want.Float64()
		low, _ := new(big.Float).Sub(want, big.NewFloat(high)).Float64()
		if got != (pair{high, low}) {
			t.Errorf("%s is %x %x, want %x %x", name, got.high, got.low, high, low)
		}
	}
	check("log(2)", pair{ln2, ln2Low}, ofTwo)
	check("2/log(2)", pair{twoLog2e, twoLog2eLow}, quo(big.NewFloat(2).SetPrec(200), ofTwo))
	check("1/3", pair{third, thirdLow}, quo(one, big.NewFloat(3)))
	check("1/5", pair{fifth, fifthLow}, quo(one, big.NewFloat(5)))
	for k := 6; k <= 11; k++ {
		check("log2 of eighths: "+strconv.Itoa(k), log2Eighths(k), quo(bigLog(int64(k), 8), ofTwo))
	}
}

func BenchmarkPow(b *testing.B) {
	for i := range b.N {
		Pow(1.0375+float64(i&1023)*0.013, 17.25)
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
