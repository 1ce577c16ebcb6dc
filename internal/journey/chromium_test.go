package journey

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// chromiumRun is the one Chromium of this run.
type chromiumRun struct {
	once sync.Once
	mu   sync.Mutex
	ctx  context.Context
	stop []context.CancelFunc
	err  error
}

var chromium chromiumRun

// context returns the running browser, started by the first test that asks.
func (b *chromiumRun) context(t *testing.T) context.Context {
	t.Helper()
	b.once.Do(b.start)
	if b.err != nil {
		t.Fatal(b.err)
	}
	return b.ctx
}

const noChromium = errorText("there is no Chromium: install it with `apt-get install chromium` (Debian), `dnf install chromium` (Fedora) " +
	"or `brew install --cask chromium` (macOS), or name a browser of that family in RANCAK_CHROMIUM")

type errorText string

func (e errorText) Error() string { return string(e) }

func findChromium() (string, error) {
	if named := os.Getenv("RANCAK_CHROMIUM"); named != "" {
		path, err := exec.LookPath(named)
		if err != nil {
			err = fmt.Errorf("RANCAK_CHROMIUM names no browser: %w (%w)", err, noChromium)
		}
		return path, err
	}
	for _, name := range []string{
		"chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
		"/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", noChromium
}

func (b *chromiumRun) start() {
	path, err := findChromium()
	if err != nil {
		b.err = err
		return
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.UserDataDir(filepath.Join(scratch, "profile")),
		chromedp.Headless, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
	}
	for _, flag := range []string{
		"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync", "disable-extensions",
		"disable-background-timer-throttling", "disable-renderer-backgrounding", "disable-backgrounding-occluded-windows",
		"disable-dev-shm-usage", "disable-breakpad", "metrics-recording-only", "no-pings",
	} {
		options = append(options, chromedp.Flag(flag, true))
	}
	options = append(options, chromedp.Flag("lang", "id"), chromedp.Flag("password-store", "basic"), chromedp.Flag("no-sandbox", os.Getuid() == 0))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	b.stop = append(b.stop, stop)
	b.ctx, stop = chromedp.NewContext(allocator)
	b.stop = append(b.stop, stop)
	b.err = chromedp.Do(b.ctx)
}

func (b *chromiumRun) quit() {
	for i := len(b.stop) - 1; i >= 0; i-- {
		b.stop[i]()
	}
}

// look is how a tab shows pages.
type look struct {
	width   int64
	dark    bool
	print   bool
	scripts bool
}

// The two screens that pages are tried on.
var (
	phone   = look{width: 360, scripts: true}
	desktop = look{width: 1280, scripts: true}
)

func (l look) without() look { l.scripts = false; return l }
func (l look) night() look   { l.dark = true; return l }

// show makes a tab look so.
func (p *tab) show(l look) {
	p.t.Helper()
	p.look = l
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: map[bool]string{false: "light", true: "dark"}[l.dark]},
		{Name: "prefers-reduced-motion", Value: "reduce"},
	}}
	if l.print {
		media.Media = "print"
	}
	call(p, emulation.SetEmulatedMedia, media)
	call(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: l.width, Height: 800, DeviceScaleFactor: 1, Mobile: l.width < 700,
	})
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !l.scripts})
	call(p, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
}
