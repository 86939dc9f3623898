//! Lines: as many as there are, none twice, none without end.
#![no_main]

use libfuzzer_sys::fuzz_target;
use semrel::Lines;

fuzz_target!(|data: &[u8]| {
    let mut lines = Lines::new(data);
    let mut count = 0;
    while let Some(line) = lines.next_line() {
        if let Ok(line) = line {
            assert!(!line.contains('\n'));
        }
        count += 1;
        assert_eq!(lines.number(), count);
    }
    let ends = data.iter().filter(|&&byte| byte == b'\n').count();
    let unfinished = usize::from(data.last().is_some_and(|&byte| byte != b'\n'));
    assert_eq!(count as usize, ends + unfinished);
});
