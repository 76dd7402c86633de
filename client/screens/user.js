/** Who uses the screens of the systems 3 and 5. */
export const user = { empNo: localStorage.getItem('emp_no') ?? 'screen' };
