"""Words by which a body of people is recognised: the heads of their names, departments and what is too bare to name one."""
