package pdf

import "fmt"

// later does work beside that of the caller, and returns a function that waits for
// the result. A panic, which nobody else could catch, becomes an error.
func later[T any](work func() (T, error)) func() (T, error) {
	var result T
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("the PDF cannot be made: %v; the other formats may still work", p)
			}
		}()
		result, err = work()
	}()
	return func() (T, error) {
		<-done
		return result, err
	}
}
